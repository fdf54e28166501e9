using SkillMeat.Collections;
using SkillMeat.Objects.Scanning;
using SkillMeat.Projects.Profiles;

namespace SkillMeat.Projects.Drift;

/// <summary>An artifact in a folder of an agent that no record names.</summary>
/// <param name="Profile">The first profile that looks there.</param>
/// <param name="Place">The folder, as the place of that profile.</param>
/// <param name="Type">The type.</param>
/// <param name="Name">The name, which need not be a valid one.</param>
/// <param name="Path">The full path.</param>
/// <param name="Entry">The entry that was found there.</param>
internal sealed record UnrecordedArtifact(Profile Profile, ProfilePlace Place, ArtifactType Type, string Name, string Path, RememberedEntry Entry)
{
    /// <summary>Whether it is a link.</summary>
    public bool IsLink => Entry.Stamp.Type == FileType.Link;
}
