"""An OPC UA server that is not ours (asyncua): PORT FOLDER ID... ; see foreign.ts."""
import asyncio
import sys
from pathlib import Path

from asyncua import Server, ua
from asyncua.crypto.cert_gen import setup_self_signed_certificate
from asyncua.server.user_managers import UserManager
from asyncua.crypto.permission_rules import User, UserRole
from cryptography.x509.oid import ExtendedKeyUsageOID


class OneUser(UserManager):
    def get_user(self, iserver, username=None, password=None, certificate=None):
        return User(role=UserRole.User) if (username, password) == ("anlan", "secret") else None


async def main(port: str, folder: str, ids: list[str]) -> None:
    key, certificate = Path(folder) / "server.pem", Path(folder) / "server.der"
    uri = "urn:asyncua:test"
    await setup_self_signed_certificate(key, certificate, uri, "127.0.0.1", [ExtendedKeyUsageOID.SERVER_AUTH], {"commonName": "asyncua"})
    server = Server(user_manager=OneUser())
    await server.init()
    server.set_endpoint(f"opc.tcp://127.0.0.1:{port}")
    await server.set_application_uri(uri)
    server.set_security_policy([ua.SecurityPolicyType.Basic256Sha256_SignAndEncrypt])
    server.set_identity_tokens([ua.UserNameIdentityToken])
    await server.load_certificate(str(certificate))
    await server.load_private_key(str(key))
    space = await server.register_namespace("urn:plant")
    nodes = [await server.nodes.objects.add_variable(ua.NodeId(name, space), name, 0.0) for name in ids]
    async with server:
        # In memory: the first node has a history, the others have none.
        await server.historize_node_data_change(nodes[0], period=None, count=10_000)
        print("READY", file=sys.stderr, flush=True)
        count = 0.0
        while True:
            count += 1.0
            for node in nodes:
                await node.write_value(count)
            await asyncio.sleep(0.2)


asyncio.run(main(sys.argv[1], sys.argv[2], sys.argv[3:]))
