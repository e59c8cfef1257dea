/** Which part may import which. Every message says where to go instead. */
const packages = ['minutes', 'binding', 'protocol', 'history', 'adjustment', 'interchange']

/** A package may reach only the packages named for it, and only through their entry. */
const allowed = {
  minutes: [],
  adjustment: [],
  binding: ['minutes'],
  protocol: ['minutes', 'adjustment'],
  history: ['minutes'],
  interchange: ['minutes'],
}
const tests = '\\.test\\.tsx?$|/testing/'

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'Two files that need each other are one concept, or share a third: move it there.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'server-and-client-apart',
      comment: 'Server and client share packages/protocol, never each other.',
      severity: 'error',
      from: { path: '^(server|client)/' },
      to: { path: '^(server|client)/', pathNot: '^$1/' },
    },
    {
      name: 'packages-are-pure',
      comment: 'Packages run in browser and server alike: no ws, no react. Take time, randomness and I/O as arguments.',
      severity: 'error',
      from: { path: '^packages/', pathNot: tests },
      to: { path: 'node_modules/(ws|react|react-dom)/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'packages-without-core',
      comment: 'Packages run in browser and server alike: no Node core module.',
      severity: 'error',
      from: { path: '^packages/', pathNot: tests },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'packages-below',
      comment: 'Packages know nothing of server, client or tests: pass what they need as an argument.',
      severity: 'error',
      from: { path: '^packages/' },
      to: { path: '^(server|client|tests)/' },
    },
    {
      name: 'entry-only',
      comment: 'Import a package by its name; what its entry does not export is its own business.',
      severity: 'error',
      from: { path: '^(server|client|tests|packages/[^/]+)/' },
      to: { path: '^packages/([^/]+)/src/(?!index\\.ts$)', pathNot: ['^$1/', '^packages/[^/]+/src/testing/'] },
    },
    ...packages.map((name) => ({
      name: `${name}-direction`,
      comment: `packages/${name} may use ${allowed[name].join(', ') || 'no other package'}: the type you need probably belongs one package further down.`,
      severity: 'error',
      from: { path: `^packages/${name}/`, pathNot: tests },
      to: { path: '^packages/', pathNot: `^packages/(${[name, ...allowed[name]].join('|')})/` },
    })),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: 'tests/fixtures/|(^|/)(dist|results)/|^client/src/.*\\.css$' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: `${__dirname}/tsconfig.base.json` },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.cjs', '.json'],
    },
  },
}
