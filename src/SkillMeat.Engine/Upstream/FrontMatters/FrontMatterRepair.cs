using System.Text;
using System.Text.RegularExpressions;

namespace SkillMeat.Upstream.FrontMatters;

/// <summary>
/// Makes valid YAML of front matter that is not: values that need quotes get them, tabs become spaces, and what can be read in neither way is left out. Only the lines that need it are changed.
/// </summary>
/// <param name="check">Returns the problem that strict YAML has with a text, or null.</param>
internal sealed partial class FrontMatterRepair(Func<string, FrontMatterProblem?> check)
{
    private const string TabHint = "Use spaces instead of tabs";

    // Those that are written at the top of a file. Any other word with a colon may be part of a text.
    private static readonly HashSet<string> _usual =
    [
        .. FrontMatter.Keys.Keys, "title", "licence", "version", "allowed-tools", "tools", "disallowed-tools", "model", "metadata", "compatibility", "dependencies", "argument-hint", "disable-model-invocation",
        "user-invocable", "skills", "hooks", "color",
    ];

    private readonly StringBuilder _yaml = new();
    private readonly List<FrontMatterProblem> _problems = [];

    /// <summary>The repaired text.</summary>
    public string Yaml => _yaml.ToString();

    /// <summary>The problems of the original text, with its lines.</summary>
    public IReadOnlyList<FrontMatterProblem> Problems => _problems;

    /// <summary>Whether keys may have been left out.</summary>
    public bool IsIncomplete { get; private set; }

    /// <summary>Repairs a text.</summary>
    public static FrontMatterRepair Of(string yaml, Func<string, FrontMatterProblem?> check)
    {
        var repair = new FrontMatterRepair(check);
        repair.Run(FrontMatterText.Lines(yaml.TrimEnd('\r', '\n')));
        return repair;
    }

    // "key: value" or "key:". The most common keys are also recognized without the space.
    [GeneratedRegex("""^(?<indent>[ \t]*)(?<key>[\p{L}\p{N}_][^\s:#"']*|"[^"]*"|'[^']*')[ \t]*:(?:[ \t]+(?<value>.*))?$""", RegexOptions.ExplicitCapture)]
    private static partial Regex KeyLine();

    [GeneratedRegex("^(?<indent>)(?<key>name|description|license|version|allowed-tools|tools|model|author):(?<value>[^ \t/].*)$", RegexOptions.ExplicitCapture)]
    private static partial Regex TightKeyLine();

    [GeneratedRegex(@"^(?<lead>[ \t]*(?:-[ \t]+)*(?:[\p{L}\p{N}_][^\s:#""']*[ \t]*:[ \t]+)?)(?<value>\S.*)$", RegexOptions.ExplicitCapture)]
    private static partial Regex ValueLine();

    private void Run(string[] lines)
    {
        var keys = FindKeys(lines);
        var first = keys.Count > 0 ? keys[0].Line : lines.Length;
        var stray = Array.FindIndex(lines, 0, first, line => line.TrimStart() is { Length: > 0 } text && text[0] != '#');
        if (stray >= 0) Report(stray, "the line is not 'key: value'", "Write one 'key: value' a line");
        IsIncomplete = keys.Count == 0 || stray >= 0;
        for (var i = 0; i < keys.Count; i++)
        {
            var end = i + 1 < keys.Count ? keys[i + 1].Line : lines.Length;
            Add(keys[i], lines[keys[i].Line..end]);
        }
    }

    // The keys of the outermost mapping, which are not indented further than the first.
    private static List<Key> FindKeys(string[] lines)
    {
        var keys = new List<Key>();
        for (var i = 0; i < lines.Length; i++)
        {
            var match = KeyLine().Match(lines[i]);
            if (!match.Success) match = TightKeyLine().Match(lines[i]);
            if (!match.Success || (keys.Count > 0 && match.Groups["indent"].Length > keys[0].Indent)) continue;
            keys.Add(new Key(i, match.Groups["indent"].Length, match.Groups["key"].Value, match.Groups["value"].Value.Trim()));
        }

        return keys;
    }

    // The keys that are indented by mistake: below a value on one line, or less than what is below their own line.
    private static List<Key> FindIndented(Key key, string[] block)
    {
        var first = Array.FindIndex(block, 1, line => line.Trim().Length > 0);
        if (first < 0) return [];
        var isList = block[first].TrimStart().StartsWith('-');
        var most = IsScalarBlock(key) ? IndentOf(block[first]) - 1 : key.Value.Length > 0 && key.Value[0] is not ('#' or '{') ? int.MaxValue : IndentOf(block[first]) - (isList ? 0 : 1);
        var found = new List<Key>();
        for (var i = 1; i < block.Length; i++)
        {
            var match = KeyLine().Match(block[i]);
            if (!match.Success || !_usual.Contains(match.Groups["key"].Value) || match.Groups["indent"].Length > most) continue;
            found.Add(new Key(key.Line + i, match.Groups["indent"].Length, match.Groups["key"].Value, match.Groups["value"].Value.Trim()));
        }

        return found;
    }

    private static int IndentOf(string line) => line.Length - line.TrimStart().Length;

    private static string Outdented(string line, int indent) => line.Length >= indent && string.IsNullOrWhiteSpace(line[..indent]) ? line[indent..] : line.TrimStart();

    private static bool IsScalarBlock(Key key) =>
        key.Value.Length > 0 && key.Value[0] is '|' or '>' && key.Value.TrimStart('|', '>', '+', '-', '1', '2', '3', '4', '5', '6', '7', '8', '9').Length == 0;

    private void Add(Key key, string[] block)
    {
        var text = string.Join('\n', block.Select(one => Outdented(one, key.Indent))) + "\n";
        if (check(text) is not { } problem)
        {
            _yaml.Append(text);
            return;
        }

        if (FindIndented(key, block) is { Count: > 0 } indented)
        {
            Add(key, block[..(indented[0].Line - key.Line)]);
            for (var i = 0; i < indented.Count; i++)
            {
                var end = i + 1 < indented.Count ? indented[i + 1].Line : key.Line + block.Length;
                Report(indented[i].Line, $"the key '{indented[i].Name}' is indented", "Begin the line with the key");
                Add(indented[i], block[(indented[i].Line - key.Line)..(end - key.Line)]);
            }

            return;
        }

        var (repaired, losesLines) = Attempts(key, block, text).FirstOrDefault(attempt => check(attempt.Text) is null);
        _yaml.Append(repaired);
        IsIncomplete |= repaired is null || losesLines;
        var line = Math.Clamp(problem.Line, 1, block.Length) - 1;
        if (repaired is not null && repaired == WithSpaces(text)) Report(key.Line + Array.FindIndex(block, one => one.Contains('\t', StringComparison.Ordinal)), "a tab is used instead of spaces", TabHint);
        else if (problem.Code == FrontMatterProblem.NotText) Report(key.Line + line, problem.Message, problem.Hint, problem.Code);
        else Describe(key, block, line, problem);
    }

    // Each with whether lines that may be keys are lost in it.
    private static IEnumerable<(string Text, bool LosesLines)> Attempts(Key key, string[] block, string text)
    {
        // Bytes that are not text are not guessed.
        if (text.Contains(FrontMatterText.Replacement, StringComparison.Ordinal)) yield break;
        var clean = Clean(text);
        yield return (clean, false);
        var spaced = WithSpaces(clean);
        yield return (spaced, false);
        var value = Clean(key.Value);
        var body = block.Skip(1).Select(line => Clean(line).Trim()).Where(line => line.Length > 0).ToList();
        if (IsScalarBlock(key) && body.Count > 0)
        {
            yield return (Quoted(key, string.Join(value[0] == '|' ? '\n' : ' ', body)), false);
            yield break;
        }

        if (body.Count == 0)
        {
            if (value.Length > 0) yield return (Quoted(key, FrontMatterScalar.WithoutQuotes(value)), false);
            yield break;
        }

        yield return (string.Join('\n', spaced.Split('\n').Select(QuoteIfNeeded)), false);
        if (value.Length == 0) yield break;
        var continued = block.Skip(1).TakeWhile(line => line.Length == 0 || char.IsWhiteSpace(line[0])).Select(line => Clean(line).Trim()).Where(line => line.Length > 0).ToList();
        yield return (Quoted(key, FrontMatterScalar.WithoutQuotes(string.Join(' ', continued.Prepend(value)))), continued.Count < body.Count || continued.Exists(line => KeyLine().IsMatch(line)));
        yield return (Quoted(key, FrontMatterScalar.WithoutQuotes(value)), true);
    }

    private static string Clean(string text) => string.Concat(text.Where(character => !FrontMatterText.IsForbidden(character)));

    private static string WithSpaces(string text) => string.Join('\n', text.Split('\n').Select(LineWithSpaces));

    private static string LineWithSpaces(string line)
    {
        var text = line.TrimStart(' ', '\t');
        var lead = line[..^text.Length].Replace("\t", "  ", StringComparison.Ordinal);
        return lead + text.Replace(":\t", ": ", StringComparison.Ordinal).Replace("-\t", "- ", StringComparison.Ordinal);
    }

    // A line that is no value, such as the head of a nested mapping, is valid alone and stays.
    private static string QuoteIfNeeded(string line)
    {
        var match = ValueLine().Match(line);
        return match.Success && FrontMatterScalar.NeedsQuotes(match.Groups["value"].Value.Trim())
            ? match.Groups["lead"].Value + FrontMatterScalar.Quote(FrontMatterScalar.WithoutQuotes(match.Groups["value"].Value.Trim()))
            : line;
    }

    private static string Quoted(Key key, string value) => $"{key.Name}: {FrontMatterScalar.Quote(value)}\n";

    private void Describe(Key key, string[] block, int line, FrontMatterProblem problem)
    {
        if (line == 0 && key.Value.Length > 0 && FrontMatterScalar.DescribeProblem(key.Value) is { } what) Report(key.Line, $"the value of '{key.Name}' {what}", FrontMatterProblem.Quote);
        else Report(key.Line + line, $"'{key.Name}' is not valid YAML ({problem.Message})", problem.Hint);
    }

    private void Report(int line, string message, string hint, string code = FrontMatterProblem.NotYaml) => _problems.Add(new FrontMatterProblem(code, line + 1, message, hint));

    private sealed record Key(int Line, int Indent, string Name, string Value);
}
