namespace SkillMeat.Storage.Archives;

/// <summary>The treatment of members that must not be written, but are harmless otherwise: links that lead out of the archive, names that files cannot have.</summary>
internal enum UnsafeMembers
{
    /// <summary>The archive is refused.</summary>
    Refuse,

    /// <summary>
    /// For unpacking a part of the archive: they are reported like others. A bad name sets <see cref="ArchiveMember.Problem"/>. Link targets are not
    /// checked, because the result depends on the part.
    /// </summary>
    Report,
}
