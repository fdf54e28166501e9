namespace SkillMeat.Upstream.GitHub;

/// <summary>The kind of object of a <see cref="GraphQlLookup"/>.</summary>
internal enum GraphQlLookupKind
{
    /// <summary>The commit of a tag.</summary>
    Tag,

    /// <summary>The commit of a branch.</summary>
    Branch,

    /// <summary>A commit by its id, which may be abbreviated.</summary>
    Commit,

    /// <summary>The entries of a folder.</summary>
    Folder,

    /// <summary>The id of a file or folder.</summary>
    Object,

    /// <summary>The front matter of a file.</summary>
    Text,

    /// <summary>The whole text of a file.</summary>
    WholeText,

    /// <summary>The number of commits by which a commit is behind a branch.</summary>
    Comparison,
}
