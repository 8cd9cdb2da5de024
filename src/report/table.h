#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace metricgate::report {

/// The columns a text takes on a terminal: wide East Asian characters two, combining marks none.
std::size_t display_width(std::string_view text);

/// `text` in at most `columns` columns, cut with "..." when it is longer.
std::string fit(std::string_view text, std::size_t columns);

/// `text` followed by blanks up to `columns`.
std::string pad(std::string text, std::size_t columns);

/// Words in lines of at most `columns`; every line starts with `indent` blanks, the first too. A
/// word that is longer than a line stands alone.
std::string wrap(std::string_view text, std::size_t indent, std::size_t columns);

/// `text` in lines of at most `columns`, broken at blanks, and within a word only where it is
/// longer than a line. At most `most` lines; the last is cut with "..." when there is more. At
/// least one.
std::vector<std::string> cell_lines(std::string_view text, std::size_t columns, std::size_t most);

/// Rows of equal length with their columns aligned two blanks apart. While a line is wider than
/// `columns`, its widest column is narrowed, those first that need no word broken, though never
/// below ten; what does not fit into a cell goes on in the next line.
class Table {
public:
    explicit Table(std::vector<std::string> heading) { m_rows.push_back(std::move(heading)); }
    void add(std::vector<std::string> row) { m_rows.push_back(std::move(row)); }

    /// The lines, the heading first. Cells of column `marked` are passed through `mark` once they
    /// are padded (colour takes no room).
    template <class Mark>
    [[nodiscard]] std::string print(std::size_t columns, std::size_t marked, Mark mark) const {
        const std::vector<std::size_t> widths = column_widths(columns);
        std::string text;
        for (std::size_t row = 0; row < m_rows.size(); ++row) {
            std::vector<std::vector<std::string>> cells;
            std::size_t lines = 1;
            for (std::size_t i = 0; i < widths.size(); ++i) {
                cells.push_back(cell_lines(m_rows[row][i], widths[i], most_lines));
                lines = std::max(lines, cells.back().size());
            }
            for (std::size_t at = 0; at < lines; ++at) {
                std::string line;
                for (std::size_t i = 0; i < widths.size(); ++i) {
                    const bool there = at < cells[i].size();
                    std::string cell = pad(there ? cells[i][at] : "", widths[i]);
                    line += (i == 0 ? "" : "  ");
                    line += row != 0 && there && i == marked ? mark(cell) : cell;
                }
                line.erase(line.find_last_not_of(' ') + 1);
                text += line + "\n";
            }
        }
        return text;
    }

private:
    static constexpr std::size_t most_lines = 4;  ///< a name may be as long as its author likes

    [[nodiscard]] std::vector<std::size_t> column_widths(std::size_t columns) const;

    std::vector<std::vector<std::string>> m_rows;
};

}  // namespace metricgate::report
