/**
 * Sorts a table by the column whose header was clicked: numbers as numbers, text by code points; a second click turns the
 * order. Rows that are equal stay in the order in which they were written.
 */
export const SCRIPT = `
for (const table of document.querySelectorAll('table')) {
  const body = table.tBodies[0];
  const written = [...body.rows];
  const headers = [...table.tHead.rows[0].cells];
  headers.forEach((header, at) => {
    header.querySelector('button').addEventListener('click', () => {
      const isNumber = header.classList.contains('number');
      const first = isNumber ? 'descending' : 'ascending';
      const order = header.getAttribute('aria-sort') === first ? (isNumber ? 'ascending' : 'descending') : first;
      for (const other of headers) other.removeAttribute('aria-sort');
      header.setAttribute('aria-sort', order);
      const sign = order === 'ascending' ? 1 : -1;
      const valueOf = (row) => {
        const text = row.cells[at].textContent.trim();
        return isNumber ? Number(text.replace(/[^0-9.]/g, '')) : text.toLowerCase();
      };
      const keyed = written.map((row) => [valueOf(row), row]);
      keyed.sort(([a], [b]) => (a < b ? -sign : a > b ? sign : 0));
      body.append(...keyed.map(([, row]) => row));
    });
  });
}
`;
