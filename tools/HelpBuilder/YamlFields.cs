using Markdig.Syntax;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace SkillMeat.HelpBuilder;

/// <summary>The lines <c>key: value</c> of a front matter or of a parameter's block.</summary>
internal sealed class YamlFields
{
    private readonly Dictionary<string, (string Value, int Line)> _fields = new(StringComparer.Ordinal);
    private readonly ProblemList _problems;
    private bool _isBroken;

    private YamlFields(int line, ProblemList problems)
    {
        Line = line;
        _problems = problems;
    }

    /// <summary>The line on which the block begins, counted from 1.</summary>
    public int Line { get; }

    public IEnumerable<string> Keys => _fields.Keys;

    /// <summary>Reads a block. Anything but <c>key: value</c> becomes a problem, except a value that is a list, which no known key has.</summary>
    public static YamlFields Read(LeafBlock block, ProblemList problems)
    {
        var fields = new YamlFields(block.Line + 1, problems);
        try
        {
            fields.Read(new Parser(new StringReader(block.Lines.ToString())));
        }
        catch (YamlException e)
        {
            // Keys below the broken line were not read, so they are not reported as missing.
            fields._isBroken = true;
            problems.Add(fields.Line + (int)e.Start.Line, $"this is not valid YAML: {e.Message.ReplaceLineEndings(" ")}");
        }

        return fields;
    }

    public int LineOf(string key) => _fields.TryGetValue(key, out var field) ? field.Line : Line;

    /// <summary>Returns a value, or null and a problem if the key is missing.</summary>
    public string? Find(string key)
    {
        if (_fields.TryGetValue(key, out var field)) return field.Value;
        if (!_isBroken) _problems.Add(Line, $"'{key}' is missing");
        return null;
    }

    /// <summary>Returns a value, or null and a problem if it is missing or empty.</summary>
    public string? Text(string key)
    {
        var value = Find(key);
        if (value is not { Length: 0 }) return value;
        _problems.Add(LineOf(key), $"'{key}' is empty");
        return null;
    }

    /// <summary>Returns a parsed value, or null and a problem if it is not one of those allowed.</summary>
    public T? Choice<T>(string key, string wanted, Func<string, T?> parse)
        where T : struct
    {
        if (Text(key) is not { } text) return null;
        var value = parse(text);
        if (value is null) _problems.Add(LineOf(key), $"'{key}' is '{text}', not {wanted}");
        return value;
    }

    /// <summary>Returns the parts of a value with commas; empty if the key is missing.</summary>
    public IReadOnlyList<string> List(string key) =>
        _fields.TryGetValue(key, out var field) ? field.Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) : [];

    private void Read(Parser parser)
    {
        parser.Consume<StreamStart>();
        if (!parser.TryConsume<DocumentStart>(out _)) return;
        parser.Consume<MappingStart>();
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            var key = parser.Consume<Scalar>();
            var line = Line + (int)key.Start.Line;
            if (!parser.TryConsume<Scalar>(out var value))
            {
                parser.SkipThisAndNestedEvents();
            }
            else if (!_fields.TryAdd(key.Value, (value.Value.Trim(), line)))
            {
                _problems.Add(line, $"'{key.Value}' appears twice");
            }
        }
    }
}
