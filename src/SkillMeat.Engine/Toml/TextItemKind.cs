namespace SkillMeat.Toml;

/// <summary>What a <see cref="TextItem"/> is.</summary>
internal enum TextItemKind : byte
{
    /// <summary>Taken out of the text.</summary>
    Removed,

    /// <summary>The first or the last of a list; the last one's lead is the text that nothing follows.</summary>
    Edge,

    /// <summary><c>[a.b]</c> or <c>[[a.b]]</c>.</summary>
    Header,

    /// <summary><c>a.b = 1</c>, on a line or between braces.</summary>
    KeyValue,

    /// <summary>A value between brackets.</summary>
    Element,

    /// <summary>Comments and blank lines that stayed when what they stood above was removed.</summary>
    Trivia,
}
