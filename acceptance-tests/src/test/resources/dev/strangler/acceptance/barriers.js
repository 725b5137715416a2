// Has axe look at the page as it stands, and tells what would seriously keep somebody out: a line each, with the first places.
async only => {
  const found = await axe.run(document, {
    resultTypes: ['violations'],
    ...(only.length > 0 && { runOnly: { type: 'rule', values: only } }),
  });
  return found.violations
    .filter(one => ['serious', 'critical'].includes(one.impact))
    .map(one => `${one.id}: ${one.help} ${one.nodes.slice(0, 3).map(node => node.html).join(' ')}`);
}
