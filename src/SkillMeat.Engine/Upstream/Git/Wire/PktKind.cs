namespace SkillMeat.Upstream.Git.Wire;

/// <summary>The kind of a pkt-line.</summary>
internal enum PktKind
{
    /// <summary>A line with a payload, which may be empty.</summary>
    Data,

    /// <summary><c>0000</c>: the end of a message.</summary>
    Flush,

    /// <summary><c>0001</c>: the end of a section.</summary>
    Delimiter,

    /// <summary><c>0002</c>: the end of a stateless answer.</summary>
    ResponseEnd,
}
