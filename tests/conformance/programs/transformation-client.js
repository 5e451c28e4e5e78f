// Transformations that the SDK itself applies.
const { Thing } = require("./lib");

const grow = ({ props, opts }) => ({ props: { ...props, size: 9 }, opts });
new Thing("a", { size: 1 }, { transformations: [grow] });
