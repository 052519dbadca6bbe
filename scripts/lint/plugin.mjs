// Lint rule of this house that oxlint does not bring: reading wall time by `new Date()`.
const currentDate = {
  create: (context) => ({
    NewExpression(node) {
      if (node.callee.type !== 'Identifier' || node.callee.name !== 'Date' || node.arguments.length > 0) return;
      context.report({ node, message: '`new Date()` reads wall time: take a Clock' });
    },
  }),
};

export default { meta: { name: 'anlan' }, rules: { 'current-date': currentDate } };
