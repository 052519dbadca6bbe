import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../setup.mjs';
import { manifest, runTool, type Made, type Release } from './release.ts';

/**
 * NSIS script of the setup program: whole machine, Chinese or English by the system's language, start-menu entry, uninstaller. The uninstaller takes away
 * what the setup brought, name by name: a folder that somebody else uses too must survive. The data folder is the user's and stays.
 */
export const setupScript = ({ unpacked, file }: { readonly unpacked: string; readonly file: string }): string => `Unicode true
Target amd64-unicode
SetCompressor /SOLID lzma
Name "Anlan 安澜"
OutFile "${file}"
InstallDir "$PROGRAMFILES64\\Anlan"
InstallDirRegKey HKLM "Software\\Anlan" "folder"
RequestExecutionLevel admin
!include MUI2.nsh
!define MUI_ICON "${join(root, 'assets/icons/icon.ico')}"
!define MUI_UNICON "${join(root, 'assets/icons/icon.ico')}"
!define MUI_FINISHPAGE_RUN "$INSTDIR\\anlan.exe"
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "SimpChinese"
!insertmacro MUI_LANGUAGE "English"
VIProductVersion "${manifest.version}.0"
VIAddVersionKey /LANG=\${LANG_ENGLISH} "ProductName" "Anlan"
VIAddVersionKey /LANG=\${LANG_ENGLISH} "FileDescription" "Anlan setup"
VIAddVersionKey /LANG=\${LANG_ENGLISH} "FileVersion" "${manifest.version}"
VIAddVersionKey /LANG=\${LANG_ENGLISH} "LegalCopyright" ""
Section
  SetShellVarContext all
  RMDir /r "$INSTDIR\\resources"
  SetOutPath "$INSTDIR"
  File /r "${unpacked}/*"
  WriteUninstaller "$INSTDIR\\uninstall.exe"
  CreateShortcut "$SMPROGRAMS\\Anlan 安澜.lnk" "$INSTDIR\\anlan.exe"
  WriteRegStr HKLM "Software\\Anlan" "folder" "$INSTDIR"
  !define ENTRY "Software\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\Anlan"
  WriteRegStr HKLM "\${ENTRY}" "DisplayName" "Anlan 安澜"
  WriteRegStr HKLM "\${ENTRY}" "DisplayVersion" "${manifest.version}"
  WriteRegStr HKLM "\${ENTRY}" "DisplayIcon" "$INSTDIR\\anlan.exe"
  WriteRegStr HKLM "\${ENTRY}" "UninstallString" '"$INSTDIR\\uninstall.exe"'
  WriteRegDWORD HKLM "\${ENTRY}" "NoModify" 1
  WriteRegDWORD HKLM "\${ENTRY}" "NoRepair" 1
SectionEnd
Section "Uninstall"
  SetShellVarContext all
  Delete "$SMPROGRAMS\\Anlan 安澜.lnk"
${ownNames(unpacked)}
  Delete "$INSTDIR\\uninstall.exe"
  RMDir "$INSTDIR"
  DeleteRegKey HKLM "Software\\Anlan"
  DeleteRegKey HKLM "\${ENTRY}"
SectionEnd
`;

/** Lines that remove the top-level files and folders of the application. */
const ownNames = (unpacked: string): string =>
  readdirSync(unpacked, { withFileTypes: true })
    .map((entry) => `  ${entry.isDirectory() ? 'RMDir /r' : 'Delete'} "$INSTDIR\\${entry.name}"`)
    .join('\n');

/** Packs the unpacked application as a setup program for Windows. Needs NSIS (`makensis`). */
export const makeSetup = async ({ unpacked, folder }: Release): Promise<Made> => {
  const work = mkdtempSync(join(tmpdir(), 'anlan-nsis-'));
  try {
    const file = join(folder, `Anlan-Setup-${manifest.version}.exe`);
    const script = join(work, 'setup.nsi');
    // NSIS reads a script as UTF-8 only behind a byte-order mark.
    writeFileSync(script, `\uFEFF${setupScript({ unpacked, file })}`);
    const failed = await runTool('makensis', ['-V2', script]);
    return failed === null ? { file } : { reason: `No setup program was made: ${failed}. On Debian: apt install nsis.` };
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
};
