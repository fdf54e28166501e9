using System.Text;
using Spectre.Console;

namespace SkillMeat.Cli.Output;

/// <summary>Writes tables: fitted and coloured on a terminal; elsewhere one line for each row, so that other programs can read it.</summary>
internal sealed class TableWriter(SkmHost host)
{
    private const int DetailIndent = 4;

    // Few writes for a long table.
    private const int BufferLength = 1 << 15;

    private static readonly UTF8Encoding _utf8 = new(encoderShouldEmitUTF8Identifier: false);

    public void WriteLine(string line)
    {
        host.Output.Write(_utf8.GetBytes(PlainText.OnOneLine(line) + Environment.NewLine));
        host.Output.Flush();
    }

    /// <summary>Writes text of several lines, which ends with a line end.</summary>
    public void WriteText(string text)
    {
        host.Output.Write(_utf8.GetBytes(PlainText.OnLines(text)));
        host.Output.Flush();
    }

    /// <summary>Writes a table. Cells are plain text.</summary>
    public void Write(IReadOnlyList<Column> columns, IEnumerable<IReadOnlyList<string>> rows)
    {
        var clean = rows.Select(row => row.Select(PlainText.OnOneLine).ToArray()).ToList();
        using var writer = new StreamWriter(host.Output, _utf8, BufferLength, leaveOpen: true);
        if (host.IsOutputTerminal)
        {
            Draw(writer, columns, clean);
        }
        else
        {
            WriteLines(writer, columns.Select(column => column.Title).ToList(), clean);
        }
    }

    /// <summary>Writes the properties of one thing. On a terminal, a value that is wider than its column is wrapped between words, but nothing of it is cut.</summary>
    public void WriteDetails(IEnumerable<(string Name, string Value)> properties)
    {
        var clean = properties.Select(property => new[] { property.Name, PlainText.OnOneLine(property.Value) }).ToList();
        using var writer = new StreamWriter(host.Output, _utf8, leaveOpen: true);
        if (!host.IsOutputTerminal)
        {
            WriteLines(writer, ["Property", "Value"], clean);
            return;
        }

        var indent = clean.Max(property => property[0].Length) + 2;
        foreach (var property in clean)
        {
            WriteProperty(writer, property[0].PadRight(indent), property[1]);
        }
    }

    private void WriteProperty(StreamWriter writer, string name, string value)
    {
        var (line, isStart) = (name, true);
        foreach (var word in value.Split(' '))
        {
            var longer = isStart ? line + word : $"{line} {word}";
            if (longer.GetCellWidth() > host.Width)
            {
                writer.WriteLine(line.TrimEnd());
                // A word that does not fit beside the names, such as a hash, may fit below them.
                line = new string(' ', name.Length + word.GetCellWidth() > host.Width ? DetailIndent : name.Length) + word;
            }
            else
            {
                line = longer;
            }

            isStart = false;
        }

        writer.WriteLine(line.TrimEnd());
    }

    private void Draw(StreamWriter writer, IReadOnlyList<Column> columns, List<string[]> rows)
    {
        var hasColour = string.IsNullOrEmpty(host.Environment("NO_COLOR"));
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = hasColour ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = hasColour ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(writer),
        });
        console.Profile.Width = host.Width;
        bool IsMarked(int column) => hasColour && columns[column].IsMarked;
        var shown = TableLayout.Fit(columns, [.. rows.Select(row => row.Select((cell, i) => IsMarked(i) ? MarkedText.Plain(cell) : cell).ToArray())], host.Width);
        var table = new Table().Border(TableBorder.Simple);
        foreach (var (column, width) in shown)
        {
            table.AddColumn(new TableColumn(new Text(TableLayout.Cut(columns[column].Title, width), new Style(decoration: Decoration.Bold))) { Width = width });
        }

        foreach (var row in rows)
        {
            table.AddRow(shown.Select(one => IsMarked(one.Column) ? (Spectre.Console.Rendering.IRenderable)MarkedText.Draw(row[one.Column], one.Width) : new Text(string.Join('\n', TableLayout.Wrap(row[one.Column], one.Width)))));
        }

        console.Write(table);
    }

    private static void WriteLines(StreamWriter writer, IReadOnlyList<string> headers, List<string[]> rows)
    {
        var widths = headers.Select(header => header.Length).ToArray();
        foreach (var row in rows)
        {
            for (var i = 0; i < widths.Length; i++)
            {
                widths[i] = Math.Max(widths[i], row[i].Length);
            }
        }

        WriteRow(writer, headers, widths);
        WriteRow(writer, widths.Select(w => new string('-', w)).ToArray(), widths);
        foreach (var row in rows)
        {
            WriteRow(writer, row, widths);
        }
    }

    private static void WriteRow(StreamWriter writer, IReadOnlyList<string> cells, int[] widths)
    {
        for (var i = 0; i < cells.Count - 1; i++)
        {
            writer.Write(cells[i]);
            for (var gap = widths[i] + 2 - cells[i].Length; gap > 0; gap--)
            {
                writer.Write(' ');
            }
        }

        writer.WriteLine(cells[^1]);
    }
}
