using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace SkillMeat.Upstream.FrontMatters;

/// <summary>Reads front matter: YAML between <c>---</c> lines at the top of a Markdown file, or a whole <c>.yaml</c> or <c>.json</c> file.</summary>
/// <remarks>The text is untrusted, so it is read as a stream of events that does not expand aliases, and the nesting depth is limited.</remarks>
internal static class FrontMatterReader
{
    public const int DeepestNesting = 64;

    private const int LongestFrontMatter = 256 * 1024;
    private const int LongestLink = 4096;
    private const string TooLong = "the front matter is longer than 256 KB";

    // The line of the file that the YAML begins at.
    private const int FirstLine = 2;

    /// <summary>Reads the front matter of a file.</summary>
    /// <param name="path">The path of the file. Its extension determines the format.</param>
    /// <param name="text">The text of the file, or its beginning.</param>
    /// <returns>The front matter, with the problems that strict YAML has with it; <see cref="FrontMatter.Empty"/> if the file has none.</returns>
    /// <exception cref="FrontMatterException">A file other than Markdown is not valid YAML.</exception>
    public static FrontMatter Read(string path, string text) => ReadBoth(path, text).Known;

    /// <summary>
    /// Reads all keys of the front matter of a file, in order. Keys without a value and aliases are left out. If a key occurs twice, the last one
    /// counts.
    /// </summary>
    /// <param name="path">The path of the file. Its extension determines the format.</param>
    /// <param name="text">The text of the file.</param>
    /// <returns>The values by key; empty if the file has no front matter.</returns>
    /// <exception cref="FrontMatterException">A file other than Markdown is not valid YAML.</exception>
    public static IReadOnlyDictionary<string, FrontMatterValue> ReadAll(string path, string text) => ReadBoth(path, text).All;

    /// <summary>Reads the front matter of a file and all its keys, and parses the text once.</summary>
    /// <inheritdoc cref="ReadAll(string, string)"/>
    /// <remarks>
    /// Markdown that strict YAML refuses is read as Claude Code reads it: with the values quoted that need it, then as simple lines. The front matter says which lines that concerns.
    /// </remarks>
    public static (FrontMatter Known, IReadOnlyDictionary<string, FrontMatterValue> All) ReadBoth(string path, string text)
    {
        if (!IsMarkdown(path)) return Require(text);
        switch (Find(text))
        {
            case null:
                return Nothing();
            case (_, -1, _):
                return Nothing(new FrontMatterProblem(FrontMatterProblem.NotClosed, 1, "the front matter has no closing '---'", "Close it with a line '---', or begin the file with something else"));
            case var (start, end, _) when end - start > LongestFrontMatter:
                return Nothing(new FrontMatterProblem(FrontMatterProblem.TooLong, 1, TooLong, "Move the text below the closing '---'"));
            case var (start, end, _):
                var yaml = text[start..end];
                var read = Parse(yaml);
                if (read.Problem is null) return (read.Known!.With([.. read.Doubtful.Select(problem => problem.Below(FirstLine))]), read.All!);
                var repair = FrontMatterRepair.Of(yaml, one => Parse(one).Problem);
                var repaired = Parse(repair.Yaml);
                var problems = (repair.Problems.Count > 0 ? repair.Problems : [read.Problem]).Select(problem => problem.Below(FirstLine)).ToList();
                return repaired.Problem is null
                    ? (repaired.Known!.With(problems, repair.IsIncomplete), repaired.All!)
                    : Nothing([.. problems]);
        }
    }

    /// <summary>Returns the beginning of a text that holds all of its front matter, so that the rest of a long file need not be kept.</summary>
    /// <param name="path">The path of the file. Its extension determines the format.</param>
    /// <param name="text">The text of the file, or its beginning.</param>
    /// <returns>A text with the same front matter, or the same error.</returns>
    public static string Head(string path, string text)
    {
        if (!IsMarkdown(path)) return text;
        return Find(text) switch
        {
            null => MayBeLink(path, text) ? text : "",
            (_, -1, _) => text,
            (_, _, var after) => text[..after],
        };
    }

    /// <summary>Whether a text may be the target of a link, which git stores in place of a file: one line that does not end, and the path of such a file.</summary>
    /// <param name="path">The path of the file.</param>
    /// <param name="text">The text.</param>
    public static bool MayBeLink(string path, string text) =>
        text.Length <= LongestLink && text.AsSpan().IndexOfAny('\r', '\n') < 0 && Path.GetExtension(path) is { Length: > 0 } extension && text.EndsWith(extension, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a scalar counts as no value.</summary>
    public static bool IsNull(Scalar scalar) =>
        string.IsNullOrWhiteSpace(scalar.Value) || (scalar.Style == ScalarStyle.Plain && scalar.Value is "~" or "null" or "Null" or "NULL");

    private static (FrontMatter Known, IReadOnlyDictionary<string, FrontMatterValue> All) Nothing(params FrontMatterProblem[] problems) =>
        (problems.Length == 0 ? FrontMatter.Empty : FrontMatter.Empty.With(problems, isIncomplete: true), new Dictionary<string, FrontMatterValue>());

    private static (FrontMatter Known, IReadOnlyDictionary<string, FrontMatterValue> All) Require(string yaml)
    {
        if (yaml.Length > LongestFrontMatter) throw new FrontMatterException(TooLong);
        var read = Parse(yaml, isWholeFile: true);
        return read.Problem is { } problem ? throw new FrontMatterException($"the front matter is not valid YAML (line {problem.Line}: {problem.Message})") : (read.Known!, read.All!);
    }

    /// <summary>Parses YAML strictly.</summary>
    private static FrontMatterParse Parse(string yaml, bool isWholeFile = false)
    {
        if (!isWholeFile && FrontMatterText.FindUnreadable(yaml) is { } unreadable) return new FrontMatterParse(unreadable);
        try
        {
            var events = new RepeatedParser(new Parser(new StringReader(yaml)), isStrict: !isWholeFile);
            var doubtful = new List<FrontMatterProblem>();
            var known = ReadMapping(events, isWholeFile, doubtful);
            events.Rewind();
            return new FrontMatterParse(Problem: null, known, FrontMatterValueReader.ReadDocument(events)) { Doubtful = doubtful };
        }
        catch (YamlException e)
        {
            return new FrontMatterParse(new FrontMatterProblem(FrontMatterProblem.NotYaml, (int)Math.Max(1, e.Start.Line), FirstLineOf(e.InnerException?.Message ?? e.Message), FrontMatterProblem.Quote));
        }
        catch (FrontMatterException e)
        {
            return new FrontMatterParse(new FrontMatterProblem(FrontMatterProblem.NotYaml, 1, e.Message, "Simplify it"));
        }
        catch (InvalidOperationException)
        {
            // The parser throws this if the text ends too early, for example after an unclosed '['.
            return new FrontMatterParse(new FrontMatterProblem(FrontMatterProblem.NotYaml, 1, "it ends inside a list, mapping or string", FrontMatterProblem.Quote));
        }
    }

    private static bool IsMarkdown(string path) => path.EndsWith(".md", StringComparison.OrdinalIgnoreCase);

    /// <summary>Finds the YAML, and the end of the line that closes it; null if there is none, and -1 for the end of one that is not closed.</summary>
    private static (int Start, int End, int After)? Find(string text)
    {
        var (start, after, isFirst) = (-1, text.StartsWith('\uFEFF') ? 1 : 0, true);
        while (after >= 0)
        {
            var line = after;
            (var end, after) = EndOf(text, line);
            var words = text.AsSpan(line, end - line).TrimEnd();
            if (!isFirst && words is "---" or "...") return (start, line, end);
            if (isFirst && (words is not "---" || after < 0)) return null;
            if (isFirst) (start, isFirst) = (after, false);
        }

        return (start, -1, -1);
    }

    /// <summary>Returns the end of a line, and the beginning of the next one; -1 for none.</summary>
    private static (int End, int Next) EndOf(string text, int line)
    {
        var length = text.AsSpan(line).IndexOfAny('\r', '\n');
        if (length < 0) return (text.Length, -1);
        var end = line + length;
        return (end, end + (text.AsSpan(end).StartsWith("\r\n") ? 2 : 1));
    }

    private static FrontMatter ReadMapping(RepeatedParser parser, bool isWholeFile, List<FrontMatterProblem> doubtful)
    {
        parser.Consume<StreamStart>();
        if (!parser.TryConsume<DocumentStart>(out _)) return FrontMatter.Empty;
        if (!parser.TryConsume<MappingStart>(out _))
        {
            var isEmpty = isWholeFile || (parser.Accept<Scalar>(out var only) && IsNull(only));
            return isEmpty ? FrontMatter.Empty : throw new YamlException(parser.Current!.Start, parser.Current.End, "it holds no 'key: value' lines");
        }

        var found = new Dictionary<string, object>(StringComparer.Ordinal);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        string? nestedCategory = null;
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            var written = parser.Consume<Scalar>();
            if (!seen.Add(written.Value)) doubtful.Add(new FrontMatterProblem(FrontMatterProblem.Duplicate, (int)written.Start.Line, $"the key '{written.Value}' occurs twice", "Remove one of the two"));
            var key = written.Value == "licence" ? "license" : written.Value;
            if (key == "metadata") nestedCategory = ReadNested(parser, "category");
            else if (!FrontMatter.Keys.TryGetValue(key, out var kind)) Skip(parser);
            else if (ReadValue(parser, kind) is { } value) found[key] = value;
            else found.Remove(key);
        }

        if (nestedCategory is not null) found.TryAdd("category", nestedCategory);
        return new FrontMatter(found);
    }

    private static object? ReadValue(IParser parser, FrontMatterKind kind) => kind switch
    {
        FrontMatterKind.Text => ReadText(parser),
        FrontMatterKind.Flag => ReadFlag(parser),
        _ => ReadList(parser),
    };

    /// <summary>
    /// Reads the text of a scalar, or the name in a mapping such as <c>author: {name: …}</c>; null for anything else and for an empty value.
    /// </summary>
    private static string? ReadText(IParser parser)
    {
        if (parser.TryConsume<Scalar>(out var scalar))
        {
            return IsNull(scalar) ? null : scalar.Value.Trim();
        }

        return parser.Accept<MappingStart>(out _) ? ReadNested(parser, "name") : SkipAsNull(parser);
    }

    /// <summary>Reads a flag. Any other text, such as the name of a replacement, means true.</summary>
    private static bool? ReadFlag(IParser parser) => ReadText(parser) is { } text ? FrontMatterFlag.Read(text) ?? true : null;

    private static List<string>? ReadList(IParser parser)
    {
        if (!parser.TryConsume<SequenceStart>(out _))
        {
            return ReadText(parser) is { } text ? Distinct(text.Split(',')) : null;
        }

        var items = new List<string>();
        while (!parser.TryConsume<SequenceEnd>(out _))
        {
            if (ReadText(parser) is { } item)
            {
                items.Add(item);
            }
        }

        return Distinct(items);
    }

    private static List<string>? Distinct(IEnumerable<string> items)
    {
        var kept = items.Select(i => i.Trim()).Where(i => i.Length > 0).Distinct(StringComparer.Ordinal).ToList();
        return kept.Count > 0 ? kept : null;
    }

    private static string? ReadNested(IParser parser, string wanted)
    {
        if (!parser.TryConsume<MappingStart>(out _))
        {
            return SkipAsNull(parser);
        }

        string? value = null;
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            var isWanted = parser.Consume<Scalar>().Value == wanted;
            if (isWanted && parser.TryConsume<Scalar>(out var scalar))
            {
                value = IsNull(scalar) ? null : scalar.Value.Trim();
            }
            else
            {
                Skip(parser);
            }
        }

        return value;
    }

    private static string? SkipAsNull(IParser parser)
    {
        Skip(parser);
        return null;
    }

    private static void Skip(IParser parser)
    {
        var depth = 0;
        do
        {
            depth += parser.Consume<ParsingEvent>().NestingIncrease;
            if (depth > DeepestNesting)
            {
                throw new FrontMatterException("the front matter is nested too deeply");
            }
        }
        while (depth > 0);
    }

    private static string FirstLineOf(string text)
    {
        var end = text.AsSpan().IndexOfAny('\r', '\n');
        return (end < 0 ? text : text[..end]).TrimEnd('.');
    }
}
