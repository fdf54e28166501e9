using SkillMeat.Collections;

namespace SkillMeat.Projects.Desired;

/// <summary>The outcome of writing the file <c>skillmeat.toml</c> of a project.</summary>
/// <param name="Project">The full path of the project.</param>
/// <param name="Path">The full path of the file.</param>
/// <remarks>Immutable.</remarks>
public sealed record ProjectExport(string Project, string Path)
{
    /// <summary>The artifacts that the file names now, as <c>type:name</c>.</summary>
    public required TextValues Artifacts { get; init; }

    /// <summary>Those that it did not name before.</summary>
    public required TextValues Added { get; init; }

    /// <summary>Those whose entries changed.</summary>
    public required TextValues Changed { get; init; }

    /// <summary>Those that it does not name any more, because they are not deployed.</summary>
    public required TextValues Removed { get; init; }

    /// <summary>Whether a byte of the file changed.</summary>
    public bool IsChanged { get; init; }

    /// <summary>The warnings, one sentence each.</summary>
    public TextValues Warnings { get; init; } = [];

    /// <summary>Whether this was a dry run.</summary>
    public bool DryRun { get; init; }
}
