using System.Text;
using SkillMeat.Merging.Differences;

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

    public void Add(UnifiedLine line)
    {
        // Carriage returns and escapes of a file must not reach the terminal.
        var clean = PlainText.OnOneLine(line.Text);
        _text.Append(HasColour && ColourOf(line.Kind) is { } colour ? $"\u001b[{colour}m{clean}\u001b[0m" : clean).Append('\n');
    }

    public void Flush()
    {
        host.Output.Write(Encoding.UTF8.GetBytes(_text.ToString()));
        host.Output.Flush();
        _text.Clear();
    }

    private static string? ColourOf(UnifiedLineKind kind) => kind switch
    {
        UnifiedLineKind.Header => Bold,
        UnifiedLineKind.Hunk => Cyan,
        UnifiedLineKind.Removed => Red,
        UnifiedLineKind.Added => Green,
        _ => null,
    };
}
