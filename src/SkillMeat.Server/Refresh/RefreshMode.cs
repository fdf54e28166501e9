namespace SkillMeat.Server.Refresh;

/// <summary>The extent of a refresh. In addresses: <c>check metadata_only sync</c>.</summary>
internal enum RefreshMode
{
    /// <summary>Looks for updates, and changes nothing.</summary>
    Check,

    /// <summary>Takes over descriptions, tags and other fields.</summary>
    MetadataOnly,

    /// <summary>Updates the files of artifacts as well, and merges local edits.</summary>
    Sync,
}
