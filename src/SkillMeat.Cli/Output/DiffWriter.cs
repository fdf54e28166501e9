using System.Text;

namespace SkillMeat.Cli.Output;

/// <summary>Writes differences, in git's colours on a terminal.</summary>
internal sealed class DiffWriter(SkmHost host)
{
    private const string Bold = "1";
    private const string Red = "31";
    private const string Green = "32";
    private const string Cyan = "36";

    private readonly StringBuilder _text = new();

    private bool HasColour => host.IsOutputTerminal && string.IsNullOrEmpty(host.Environment("NO_COLOR")) && host.Environment("TERM") is not "dumb";

    public void AddHeader(string line) => Add(line, Bold);

    public void AddHunk(string line) => Add(line, Cyan);

    /// <summary>Adds a line, in the colour of its first letter.</summary>
    public void AddLine(string line) => Add(line, line[0] switch { '-' => Red, '+' => Green, _ => null });

    public void Flush()
    {
        host.Output.Write(Encoding.UTF8.GetBytes(_text.ToString()));
        host.Output.Flush();
        _text.Clear();
    }

    private void Add(string line, string? colour)
    {
        // Carriage returns and escapes of a file must not reach the terminal.
        var clean = PlainText.OnOneLine(line);
        _text.Append(colour is not null && HasColour ? $"\u001b[{colour}m{clean}\u001b[0m" : clean).Append('\n');
    }
}
