namespace SkillMeat.Objects;

/// <summary>What the bytes of a stored object mean. The numbers are part of the pack format and of every id.</summary>
internal enum ObjectKind
{
    /// <summary>A whole file, or the target of a link.</summary>
    Blob = 1,

    /// <summary>A piece of a large file.</summary>
    Chunk = 2,

    /// <summary>The list of a large file's pieces, stored under the id that the file itself has as a <see cref="Blob"/>.</summary>
    ChunkedBlob = 3,

    /// <summary>A part of such a list.</summary>
    ChunkList = 4,

    /// <summary>A folder, or a part of one that has many names.</summary>
    Tree = 5,
}
