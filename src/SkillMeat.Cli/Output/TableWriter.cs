using System.Text;
using Spectre.Console;

namespace SkillMeat.Cli.Output;

/// <summary>Draws tables: with colours on a terminal, plain and wide elsewhere.</summary>
internal sealed class TableWriter
{
    private readonly SkmHost _host;
    private readonly IAnsiConsole _console;

    public TableWriter(SkmHost host)
    {
        _host = host;
        var writer = new StreamWriter(host.Output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true) { AutoFlush = true, NewLine = Environment.NewLine };
        var hasColour = host.IsOutputTerminal && string.IsNullOrEmpty(host.Environment("NO_COLOR"));
        _console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = hasColour ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = hasColour ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(writer),
        });
        _console.Profile.Width = host.Width;
    }

    public void WriteLine(string line)
    {
        _host.Output.Write(Encoding.UTF8.GetBytes(PlainText.OnOneLine(line) + Environment.NewLine));
        _host.Output.Flush();
    }

    /// <summary>Draws a table; cells are plain text.</summary>
    public void Write(IReadOnlyList<string> headers, IEnumerable<IReadOnlyList<string>> rows)
    {
        var table = new Table().Border(TableBorder.Simple).LeftAligned();
        foreach (var header in headers)
        {
            table.AddColumn(new TableColumn(new Text(header, new Style(decoration: Decoration.Bold))));
        }

        foreach (var row in rows)
        {
            table.AddRow(row.Select(cell => new Text(PlainText.OnOneLine(cell))));
        }

        _console.Write(table);
    }
}
