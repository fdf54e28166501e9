namespace SkillMeat.Toml;

/// <summary>How a table is spelled, which decides how it is extended.</summary>
internal enum TomlTableKind : byte
{
    /// <summary>The document itself.</summary>
    Root,

    /// <summary><c>[a.b]</c>, or one <c>[[a.b]]</c>.</summary>
    Header,

    /// <summary>Named only on the way to a sub-table: <c>a</c> in <c>[a.b]</c>.</summary>
    Implicit,

    /// <summary>Named only on the way to a key: <c>a</c> in <c>a.b = 1</c>.</summary>
    Dotted,

    /// <summary><c>{ b = 1 }</c>.</summary>
    Inline,
}
