namespace SkillMeat.Objects;

/// <summary>The kinds of stored objects. The numbers are part of the pack format and of every id.</summary>
internal enum ObjectKind
{
    /// <summary>A whole file, or the target of a link.</summary>
    Blob = 1,

    /// <summary>A chunk of a large file.</summary>
    Chunk = 2,

    /// <summary>The chunk list of a large file, stored under the id that the file would have as a <see cref="Blob"/>.</summary>
    ChunkedBlob = 3,

    /// <summary>A node of a chunk list.</summary>
    ChunkList = 4,

    /// <summary>A folder, or a node of a folder with many names.</summary>
    Tree = 5,
}
