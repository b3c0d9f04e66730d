import { Document, isCollection, type Node, visit } from 'yaml';

const width = 120;

/** YAML in which a part that fits on a line stands on one. */
export function yamlForPeople(value: object): string {
  const document = new Document(value, { aliasDuplicateObjects: false });
  visit(document, {
    Collection(_, node, path) {
      const depth = path.filter(isCollection).length;
      if (depth > 1 && lengthOnOneLine(node) <= width - 2 * depth - 20) {
        node.flow = true;
        return visit.SKIP;
      }
      return undefined;
    },
  });
  return document.toString({ lineWidth: width, flowCollectionPadding: true });
}

/** An upper bound: JSON quotes what YAML need not. */
function lengthOnOneLine(node: Node): number {
  return JSON.stringify(node).length;
}
