// A transform takes an input away and changes nothing else.
const { Thing } = require("./lib");

new Thing("a", { size: 1, color: "red" }, { transforms: [({ props: { color, ...rest }, opts }) => ({ props: rest, opts }), () => undefined] });
