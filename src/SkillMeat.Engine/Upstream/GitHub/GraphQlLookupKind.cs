namespace SkillMeat.Upstream.GitHub;

/// <summary>The kind of object that a <see cref="GraphQlLookup"/> looks for.</summary>
internal enum GraphQlLookupKind
{
    /// <summary>The commit of a tag.</summary>
    Tag,

    /// <summary>The commit of a branch.</summary>
    Branch,

    /// <summary>A commit by its id, which may be shortened.</summary>
    Commit,

    /// <summary>The entries of a folder.</summary>
    Folder,

    /// <summary>Only the id of a file or folder.</summary>
    Object,

    /// <summary>The text of a file.</summary>
    Text,
}
