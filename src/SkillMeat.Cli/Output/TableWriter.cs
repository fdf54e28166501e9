using System.Text;
using Spectre.Console;

namespace SkillMeat.Cli.Output;

/// <summary>Writes tables: fitted and coloured on a terminal; elsewhere one line for each row, so that other programs can read it.</summary>
internal sealed class TableWriter(SkmHost host)
{
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
    public void Write(IReadOnlyList<string> headers, IEnumerable<IReadOnlyList<string>> rows)
    {
        var clean = rows.Select(row => row.Select(PlainText.OnOneLine).ToArray()).ToList();
        using var writer = new StreamWriter(host.Output, _utf8, leaveOpen: true);
        if (host.IsOutputTerminal)
        {
            Draw(writer, headers, clean);
        }
        else
        {
            WriteLines(writer, headers, clean);
        }
    }

    private void Draw(StreamWriter writer, IReadOnlyList<string> headers, List<string[]> rows)
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
        var table = new Table().Border(TableBorder.Simple);
        foreach (var header in headers)
        {
            table.AddColumn(new TableColumn(new Text(header, new Style(decoration: Decoration.Bold))));
        }

        foreach (var row in rows)
        {
            table.AddRow(row.Select(cell => new Text(cell)));
        }

        console.Write(table);
    }

    private static void WriteLines(StreamWriter writer, IReadOnlyList<string> headers, List<string[]> rows)
    {
        var widths = headers.Select((header, i) => rows.Select(row => row[i].Length).Append(header.Length).Max()).ToArray();
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
            writer.Write(cells[i].PadRight(widths[i] + 2));
        }

        writer.WriteLine(cells[^1]);
    }
}
