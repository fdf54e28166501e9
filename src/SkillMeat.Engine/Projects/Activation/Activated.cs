using SkillMeat.Collections;

namespace SkillMeat.Projects.Activation;

/// <summary>A part of Claude Code's settings that an artifact brought.</summary>
/// <param name="Artifact">The artifact.</param>
/// <param name="File">The full path of the settings, without links.</param>
/// <param name="Container">The names of the objects on the way, and of the object or array that the part belongs to.</param>
/// <param name="Name">The name of a member; null for an element of an array.</param>
/// <param name="Form">The value in one form, by which it is found again.</param>
internal sealed record Activated(ArtifactId Artifact, string File, IReadOnlyList<string> Container, string? Name, string Form)
{
    /// <summary>Whether both are the same part, whichever artifacts brought them.</summary>
    public bool IsSameAs(Activated other) => IsAtPlaceOf(other) && Form == other.Form;

    /// <summary>Whether both have the same file, container and name.</summary>
    public bool IsAtPlaceOf(Activated other) => File == other.File && Name == other.Name && Container.SequenceEqual(other.Container, StringComparer.Ordinal);
}
