namespace SkillMeat.Toml;

/// <summary>The kind of a <see cref="TextItem"/>.</summary>
internal enum TextItemKind : byte
{
    /// <summary>Removed from the text.</summary>
    Removed,

    /// <summary>The first or the last item of a list; the lead of the last one is the text at the end.</summary>
    Edge,

    /// <summary><c>[a.b]</c> or <c>[[a.b]]</c>.</summary>
    Header,

    /// <summary><c>a.b = 1</c>, on a line or between braces.</summary>
    KeyValue,

    /// <summary>A value between brackets.</summary>
    Element,

    /// <summary>Comments and blank lines that stayed when the item below them was removed.</summary>
    Trivia,
}
