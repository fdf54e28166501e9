using System.Globalization;
using System.Text;

namespace SkillMeat.Tests.Projects;

/// <summary>Makes texts of settings as people and programs write them: with comments, trailing commas, any indentation and line ending, unknown keys, and hooks and servers made by hand.</summary>
internal sealed class RandomSettings(int seed)
{
    private static readonly string[] _blanks = ["", " ", "  ", "\t", "\n", "\r\n", "\n  ", "\r\n\t", "\n\n    ", " /* note */ ", " // note, with { and ]\n", "\n  // note\n  ", " /* a\n b */\n"];
    private static readonly string[] _scalars = ["1", "-2.50e3", "true", "false", "null", "\"\"", "\"text\"", "\"// no comment\"", "\"{\\\"quoted\\\"}\"", "\"\\u00e9\\ud83d\"", "\"/* [ */\""];

    private readonly Random _random = new(seed);

    /// <summary>Whether the text is laid out as a program does, and not at random.</summary>
    private bool _isNeat;

    private string _newLine = "\n";
    private string _unit = "  ";

    public string Next()
    {
        _isNeat = _random.Next(2) == 0;
        _newLine = _random.Next(3) == 0 ? "\r\n" : "\n";
        _unit = Pick("  ", "    ", "\t", "   ");
        if (_random.Next(12) == 0) return Pick("", "\n", " \r\n", "{}", "{ }", "{\n}\n", "{\n\n  \n}", "{ // nothing\n}\n", "{ /* nothing */ }");
        var mark = _random.Next(6) == 0 ? "\uFEFF" : "";
        var members = new List<(string, Func<int, string>)>();
        for (var count = _random.Next(4); count > 0; count--) members.Add(($"key{count.ToString(CultureInfo.InvariantCulture)}", Value));
        if (_random.Next(2) == 0) members.Insert(_random.Next(members.Count + 1), ("hooks", depth => Object(depth, Some(("PreToolUse", Array), ("Stop", Array), ("Other", Array)))));
        if (_random.Next(2) == 0) members.Insert(_random.Next(members.Count + 1), ("mcpServers", depth => Object(depth, Some(("mine", _ => "{ \"command\": \"by-hand\" }"), ("other", Value)))));
        return mark + Blank() + Object(0, members) + (_isNeat ? Pick("", _newLine) : Blank());
    }

    public int Below(int count) => _random.Next(count);

    private string Value(int depth) => _random.Next(depth > 3 ? 1 : 3) switch
    {
        0 => Pick(_scalars),
        1 => Array(depth),
        _ => Object(depth, [.. Enumerable.Range(0, _random.Next(3)).Select(number => ($"m{number.ToString(CultureInfo.InvariantCulture)}", (Func<int, string>)Value))]),
    };

    private string Array(int depth) => Container('[', ']', depth, [.. Enumerable.Range(0, _random.Next(3)).Select(_ => Value(depth + 1))]);

    private string Object(int depth, IReadOnlyList<(string Name, Func<int, string> Value)> members) =>
        Container('{', '}', depth, [.. members.Select(member => $"\"{member.Name}\"{Gap()}:{Gap()}{member.Value(depth + 1)}")]);

    private string Container(char open, char close, int depth, IReadOnlyList<string> items)
    {
        if (items.Count == 0) return open + Blank() + close;
        var text = new StringBuilder().Append(open);
        for (var index = 0; index < items.Count; index++)
        {
            text.Append(_isNeat ? _newLine + Indent(depth + 1) : Blank()).Append(items[index]);
            if (!_isNeat) text.Append(Blank());
            if (index < items.Count - 1 || _random.Next(5) == 0) text.Append(',');
            if (_isNeat && _random.Next(8) == 0) text.Append(" // note");
        }

        return text.Append(_isNeat ? _newLine + Indent(depth) : Blank()).Append(close).ToString();
    }

    private string Gap() => _isNeat ? " " : Blank();

    private string Blank() => _isNeat ? "" : Pick(_blanks);

    private string Indent(int depth) => string.Concat(Enumerable.Repeat(_unit, depth));

    private List<(string, Func<int, string>)> Some(params (string, Func<int, string>)[] members) => [.. members.Where(_ => _random.Next(2) == 0)];

    private string Pick(params string[] texts) => texts[_random.Next(texts.Length)];
}
