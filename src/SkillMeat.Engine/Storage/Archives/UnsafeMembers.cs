namespace SkillMeat.Storage.Archives;

/// <summary>What becomes of members that must not be written, but harm nobody while they are not: links that lead out of the archive, names that no file may have.</summary>
internal enum UnsafeMembers
{
    /// <summary>The archive is refused because of them.</summary>
    Refuse,

    /// <summary>
    /// For those who unpack a part of the archive only: they are told like others. A bad name is the member's <see cref="ArchiveMember.Problem"/>; where a link leads is not
    /// judged, because that depends on the part.
    /// </summary>
    Tell,
}
