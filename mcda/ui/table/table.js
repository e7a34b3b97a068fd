// Draws a table from plain data. Every text is set as text, never as markup.
export default function (component) {
  const { data, parentElement, setTriggerValue } = component
  const table = parentElement.querySelector("table")
  if (!table || !data) return
  table.querySelector("caption").textContent = data.caption
  table.querySelector("thead tr").replaceChildren(...data.columns.map((column) => header(column, data.sort, setTriggerValue)))
  table.querySelector("tbody").replaceChildren(...data.rows.map((row) => line(row, data.columns, setTriggerValue)))
}

function header(column, sort, trigger) {
  const cell = element("th", column.id)
  cell.scope = "col"
  const sorted = sort && sort.column === column.id
  cell.ariaSort = sorted ? (sort.descending ? "descending" : "ascending") : "none"
  const button = element("button", "sort", column.label)
  button.type = "button"
  button.append(element("span", "arrow", sorted ? (sort.descending ? "▼" : "▲") : ""))
  button.onclick = () => trigger("sort", column.id)
  cell.append(button)
  return cell
}

function line(row, columns, trigger) {
  const tr = element("tr", row.standing)
  columns.forEach((column, i) => {
    const content = row.cells[i]
    const cell = element(column.heading ? "th" : "td", column.id)
    if (column.heading) {
      cell.scope = "row"
      const button = element("button", "open", content.text)
      button.type = "button"
      button.onclick = () => trigger("open", row.id)
      cell.append(button)
    } else {
      cell.append(element("span", content.mark ? "mark " + content.mark : "", content.text))
    }
    if (content.small) cell.append(element("small", "", content.small))
    if (content.phone) cell.append(element("small", "phone", content.phone))
    tr.append(cell)
  })
  return tr
}

function element(name, className, text) {
  const node = document.createElement(name)
  if (className) node.className = className
  if (text) node.textContent = text
  return node
}
