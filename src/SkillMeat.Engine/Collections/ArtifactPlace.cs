namespace SkillMeat.Collections;

/// <summary>The table of an artifact's entry in which a key is. Python SkillMeat drops keys of <see cref="Metadata"/> that it does not know, but keeps everything in <see cref="Extra"/>.</summary>
internal enum ArtifactPlace
{
    /// <summary>The entry itself.</summary>
    Entry,

    /// <summary>Its table <c>metadata</c>.</summary>
    Metadata,

    /// <summary>The table <c>extra</c> of that.</summary>
    Extra,

    /// <summary>The table <c>metadata</c> of that, which is a copy of that in the front matter.</summary>
    ExtraMetadata,

    /// <summary>The table <c>frontmatter</c> of <see cref="Extra"/>, which is a copy of the front matter.</summary>
    FrontMatter,
}
