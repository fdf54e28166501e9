namespace SkillMeat.Toml;

/// <summary>The spelling of a table, which decides how it is extended.</summary>
internal enum TomlTableKind : byte
{
    /// <summary>The document itself.</summary>
    Root,

    /// <summary><c>[a.b]</c>, or one <c>[[a.b]]</c>.</summary>
    Header,

    /// <summary>Named only in the path of a sub-table: <c>a</c> in <c>[a.b]</c>.</summary>
    Implicit,

    /// <summary>Named only in the path of a key: <c>a</c> in <c>a.b = 1</c>.</summary>
    Dotted,

    /// <summary><c>{ b = 1 }</c>.</summary>
    Inline,
}
