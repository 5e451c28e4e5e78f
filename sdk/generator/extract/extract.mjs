// Reads names, types, requiredness, defaults, aliases and API versions (no prose) of the listed tokens out of the installed package.
import fs from 'node:fs';
import path from 'node:path';
import { createRequire } from 'node:module';
import ts from 'typescript';

const [typesFile, outputFile] = process.argv.slice(2);
const root = path.dirname(createRequire(import.meta.url).resolve('@pulumi/azure-native/package.json'));
const version = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8')).version;
const tokens = fs.readFileSync(typesFile, 'utf8').split('\n').map(l => l.replace(/#.*/, '').trim()).filter(Boolean).sort();

const read = name => fs.readFileSync(path.join(root, name), 'utf8');
const parse = name => ts.createSourceFile(name, read(name), ts.ScriptTarget.Latest, false);
const model = { package: '@pulumi/azure-native', version, resources: {}, functions: {}, inputTypes: {}, outputTypes: {}, enums: {} };
const pending = [];

const lower = name => name[0].toLowerCase() + name.slice(1);

/** Turns a type of the typings into a neutral description; remembers every type it refers to. */
function describe(node) {
  switch (node.kind) {
    case ts.SyntaxKind.StringKeyword: return { kind: 'string' };
    case ts.SyntaxKind.BooleanKeyword: return { kind: 'boolean' };
    case ts.SyntaxKind.NumberKeyword: return { kind: 'number' };
    case ts.SyntaxKind.AnyKeyword: return { kind: 'any' };
    case ts.SyntaxKind.ParenthesizedType: return describe(node.type);
    case ts.SyntaxKind.ArrayType: return { kind: 'array', items: describe(node.elementType) };
    case ts.SyntaxKind.LiteralType: return { kind: 'const', value: node.literal.text };
    case ts.SyntaxKind.TypeLiteral: return { kind: 'map', values: describe(node.members[0].type) };
    case ts.SyntaxKind.UnionType: return describeUnion(node.types);
    case ts.SyntaxKind.TypeReference: return describeReference(node);
    default: throw new Error(`type syntax ${ts.SyntaxKind[node.kind]} is not known`);
  }
}

function describeUnion(nodes) {
  const members = nodes.filter(n => n.kind !== ts.SyntaxKind.UndefinedKeyword).map(describe);
  if (members.length === 1) return members[0];
  const enumeration = members.find(m => m.kind === 'enum');
  if (members.length === 2 && enumeration && members.some(m => m.kind === 'string')) return { ...enumeration, open: true };
  return { kind: 'union', of: members };
}

function describeReference(node) {
  const name = node.typeName.getText ? entityName(node.typeName) : node.typeName.text;
  const parts = name.split('.');
  if (parts[0] === 'pulumi') {
    if (parts[1] === 'Input' || parts[1] === 'Output') return describe(node.typeArguments[0]);
    throw new Error(`pulumi type ${name} is not known`);
  }
  if (!['inputs', 'outputs', 'enums'].includes(parts[0]) || parts.length !== 3) throw new Error(`reference ${name} is not known`);
  const to = `${parts[1]}:${parts[2]}`;
  pending.push([parts[0], to]);
  return parts[0] === 'enums' ? { kind: 'enum', to, open: false } : { kind: 'ref', to };
}

function entityName(node) {
  return node.kind === ts.SyntaxKind.QualifiedName ? `${entityName(node.left)}.${node.right.text}` : node.text;
}

function members(declaration, filter = () => true) {
  const result = {};
  for (const member of declaration.members) {
    if ((member.kind !== ts.SyntaxKind.PropertySignature && member.kind !== ts.SyntaxKind.PropertyDeclaration) || !filter(member)) continue;
    const optional = !!member.questionToken || allowsUndefined(member.type);
    result[member.name.text] = { type: describe(member.type), ...(optional ? {} : { required: true }) };
  }
  return sorted(result);
}

function allowsUndefined(node) {
  if (node.kind === ts.SyntaxKind.UndefinedKeyword) return true;
  if (node.kind === ts.SyntaxKind.UnionType) return node.types.some(allowsUndefined);
  return node.kind === ts.SyntaxKind.TypeReference && entityName(node.typeName).startsWith('pulumi.') && allowsUndefined(node.typeArguments[0]);
}

const sorted = object => Object.fromEntries(Object.entries(object).sort(([a], [b]) => (a < b ? -1 : 1)));

const literal = text => JSON.parse(text.replace(/^'(.*)'$/, '"$1"'));

function addDefaults(properties, text, pattern) {
  for (const [, name, value] of text.matchAll(pattern)) {
    if (!properties[name]) throw new Error(`default of ${name}, which is not a property`);
    properties[name].default = literal(value);
  }
}

function apiVersion(source) {
  return /Uses Azure REST API version ([0-9a-z-]+)/.exec(source)?.[1];
}

function extractResource(token, module, name) {
  const file = `${module}/${lower(name)}`;
  const source = parse(`${file}.d.ts`);
  const js = read(`${file}.js`);
  const type = source.statements.find(s => ts.isClassDeclaration(s) && s.name.text === name);
  const args = source.statements.find(s => ts.isInterfaceDeclaration(s) && s.name.text === `${name}Args`);
  const inputs = members(args);
  addDefaults(inputs, js, /resourceInputs\["(\w+)"\] = \(args\?\.\w+\) \?\? ("[^"]*"|[\w.-]+);/g);
  const outputs = members(type, m => !m.modifiers?.some(x => x.kind === ts.SyntaxKind.StaticKeyword));
  const aliases = [...js.matchAll(/\{ type: "([^"]+)" \}/g)].map(m => m[1]);
  model.resources[token] = { apiVersion: apiVersion(source.text), inputs, outputs, aliases };
}

function extractFunction(token, module, name) {
  const source = parse(`${module}/${name}.d.ts`);
  const type = name[0].toUpperCase() + name.slice(1);
  const find = suffix => source.statements.find(s => ts.isInterfaceDeclaration(s) && s.name.text === type + suffix);
  const args = find('Args');
  model.functions[token] = {
    ...(apiVersion(source.text) ? { apiVersion: apiVersion(source.text) } : {}),
    args: args ? members(args) : null,
    outputArgs: find('OutputArgs') ? members(find('OutputArgs')) : null,
    result: members(find('Result')),
  };
}

/** All interfaces of a big types file: "module:Name" -> declaration. */
function index(file) {
  const result = new Map();
  for (const space of parse(file).statements.filter(ts.isModuleDeclaration)) {
    for (const type of space.body.statements.filter(ts.isInterfaceDeclaration)) result.set(`${space.name.text}:${type.name.text}`, type);
  }
  return result;
}

function extractEnum(to) {
  const [module, name] = to.split(':');
  const source = parse(`types/enums/${module}/index.d.ts`);
  for (const statement of source.statements.filter(ts.isVariableStatement)) {
    const declaration = statement.declarationList.declarations[0];
    if (declaration.name.text !== name) continue;
    const entries = declaration.type.members.map(m => [m.name.text, m.type.literal.kind === ts.SyntaxKind.NumericLiteral ? Number(m.type.literal.text) : m.type.literal.text]);
    return Object.fromEntries(entries);
  }
  throw new Error(`enum ${to} is not in the typings`);
}

function nestedDefaults(script, to, properties) {
  const [module, name] = to.split(':');
  const id = `${lower(name)}ProvideDefaults`;
  const end = script.indexOf(`    ${module}.${id} = ${id};`);
  if (end < 0) return;
  const start = script.lastIndexOf(`function ${id}(val)`, end);
  addDefaults(properties, script.slice(start, end), /^\s*(\w+): \(val\.\w+\) \?\? ("[^"]*"|[\w.-]+),$/gm);
}

for (const token of tokens) {
  const [, module, name] = token.split(':');
  (/^[a-z]/.test(name) ? extractFunction : extractResource)(token, module, name);
}

const declarations = { inputs: index('types/input.d.ts'), outputs: index('types/output.d.ts') };
const script = read('types/input.js');
while (pending.length > 0) {
  const [kind, to] = pending.pop();
  if (kind === 'enums') {
    model.enums[to] ??= extractEnum(to);
    continue;
  }
  const target = kind === 'inputs' ? model.inputTypes : model.outputTypes;
  if (target[to]) continue;
  const declaration = declarations[kind].get(to);
  if (!declaration) throw new Error(`${kind} ${to} is not in the typings`);
  target[to] = members(declaration);
  if (kind === 'inputs') nestedDefaults(script, to, target[to]);
}

for (const part of ['resources', 'functions', 'inputTypes', 'outputTypes', 'enums']) model[part] = sorted(model[part]);
fs.writeFileSync(outputFile, JSON.stringify(model, null, 1) + '\n');
