using System.Text;
using SkillMeat.Errors;
using SkillMeat.Toml;

namespace SkillMeat.Tests.Toml;

/// <summary>Makes small documents of every construct, in any order that TOML allows. Each comment and value is unique.</summary>
internal sealed class RandomToml(Random random)
{
    private static readonly string[] _names = ["a", "b", "c", "d", "\"q k\"", "e-1"];

    private int _serial;

    public byte[] Document()
    {
        var newLine = random.Next(4) == 0 ? "\r\n" : "\n";
        var text = random.Next(8) == 0 ? "\ufeff" : "";
        var lines = random.Next(1, 25);
        for (var i = 0; i < lines; i++)
        {
            var longer = text + Line().Replace("\n", newLine, StringComparison.Ordinal) + newLine;
            if (IsValid(longer)) text = longer;
        }

        if (random.Next(4) == 0) text = text.TrimEnd('\r', '\n');
        return Encoding.UTF8.GetBytes(text);
    }

    public string Name() => _names[random.Next(_names.Length)].Trim('"');

    private static bool IsValid(string text)
    {
        try
        {
            TomlDocument.Parse(Encoding.UTF8.GetBytes(text), "random.toml");
            return true;
        }
        catch (DataFileException)
        {
            return false;
        }
    }

    private string Line() => random.Next(14) switch
    {
        0 or 1 => "",
        2 => "# c" + ++_serial + ".",
        3 or 4 => $"{Indentation()}[{Path(3)}]{Comment()}",
        5 or 6 => $"[[{Path(2)}]]{Comment()}",
        7 or 8 => $"{Path(3)} = {Value(0)}{Comment()}",
        _ => $"{Indentation()}{Path(1)}{Blank()}={Blank()}{Value(0)}{Comment()}",
    };

    private string Indentation() => random.Next(5) == 0 ? "  " : "";

    private string Blank() => random.Next(4) == 0 ? "" : " ";

    private string Comment() => random.Next(4) == 0 ? " # c" + ++_serial + "." : "";

    private string Path(int longest) => string.Join('.', Enumerable.Range(0, random.Next(1, longest + 1)).Select(_ => _names[random.Next(_names.Length)]));

    private string Value(int depth) => random.Next(depth > 2 ? 5 : 11) switch
    {
        0 or 1 => (++_serial).ToString(),
        2 => $"'l{++_serial}'",
        3 => $"\"\"\"m{++_serial}\nn\"\"\"",
        4 => $"1979-05-27 07:32:00.{++_serial}",
        5 => $"[{Value(depth + 1)}, {Value(depth + 1)}]",
        6 => $"[\n  {Value(depth + 1)}, # in\n  # in\n  {Value(depth + 1)},\n]",
        7 => $"[ {Table(depth)}, # in\n {Table(depth)}{(random.Next(2) == 0 ? "," : "")} # in\n ]",
        8 => random.Next(2) == 0 ? "[]" : "{}",
        9 => $"[{Table(depth)}]",
        _ => Table(depth),
    };

    private string Table(int depth)
    {
        var keys = Enumerable.Range(0, random.Next(0, 4)).Select(_ => $"{Path(2)}{Blank()}={Blank()}{Value(depth + 1)}");
        return $"{{{Blank()}{string.Join("," + Blank(), keys)}{Blank()}}}";
    }
}
