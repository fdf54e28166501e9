using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace SkillMeat.Upstream.FrontMatters;

/// <summary>A parser that keeps its events, so that a text that is read twice is parsed once. It parses no further than it is read.</summary>
/// <param name="parser">The parser, which has not been read yet.</param>
/// <param name="isStrict">Whether aliases without an anchor, and tags that only one program knows, are errors. Both are usually text without quotes.</param>
internal sealed class RepeatedParser(IParser parser, bool isStrict) : IParser
{
    private static readonly HashSet<string> _standard =
        [.. ((string[])["str", "int", "float", "bool", "null", "seq", "map", "set", "omap", "pairs", "binary", "timestamp", "merge"]).Select(name => $"tag:yaml.org,2002:{name}")];

    private readonly List<ParsingEvent> _events = [];
    private readonly HashSet<AnchorName> _anchors = [];
    private int _position = -1;

    public ParsingEvent? Current => _position >= 0 && _position < _events.Count ? _events[_position] : null;

    public bool MoveNext()
    {
        if (_position + 1 >= _events.Count && parser.MoveNext()) Keep(parser.Current!);
        if (_position < _events.Count) _position++;
        return _position < _events.Count;
    }

    /// <summary>Goes back to the first event.</summary>
    public void Rewind() => _position = -1;

    private void Keep(ParsingEvent next)
    {
        if (isStrict && next is AnchorAlias alias && !_anchors.Contains(alias.Value)) throw new YamlException(next.Start, next.End, $"nothing is called '{alias.Value}'");
        if (isStrict && next is NodeEvent { Tag: { IsEmpty: false, IsNonSpecific: false } tag } && !_standard.Contains(tag.Value)) throw new YamlException(next.Start, next.End, $"the tag '{tag.Value}' is unknown");
        if (next is NodeEvent { Anchor: { IsEmpty: false } anchor }) _anchors.Add(anchor);
        _events.Add(next);
    }
}
