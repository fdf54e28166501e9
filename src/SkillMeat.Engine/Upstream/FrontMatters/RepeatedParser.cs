using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace SkillMeat.Upstream.FrontMatters;

/// <summary>A parser that keeps its events, so that a text that is read twice is parsed once. It parses no further than it is read.</summary>
/// <param name="parser">The parser, which has not been read yet.</param>
internal sealed class RepeatedParser(IParser parser) : IParser
{
    private readonly List<ParsingEvent> _events = [];
    private int _position = -1;

    public ParsingEvent? Current => _position >= 0 && _position < _events.Count ? _events[_position] : null;

    public bool MoveNext()
    {
        if (_position + 1 >= _events.Count && parser.MoveNext()) _events.Add(parser.Current!);
        if (_position < _events.Count) _position++;
        return _position < _events.Count;
    }

    /// <summary>Goes back to the first event.</summary>
    public void Rewind() => _position = -1;
}
