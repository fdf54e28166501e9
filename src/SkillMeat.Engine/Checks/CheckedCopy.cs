namespace SkillMeat.Checks;

/// <summary>A copy of an artifact in a project, and the risk that the update poses to it.</summary>
/// <param name="Project">The full path of the project; for the user's own folders that of the home folder.</param>
/// <param name="Profile">The id of the profile.</param>
/// <param name="Path">The full path of the copy.</param>
/// <param name="Drift">The risk.</param>
/// <param name="Reason">The reason, or null if it needs none.</param>
/// <remarks>Immutable.</remarks>
public sealed record CheckedCopy(string Project, string Profile, string Path, UpdateRisk Drift, string? Reason = null)
{
    /// <summary>Whether it lies in the user's own folders.</summary>
    public bool IsUserScope { get; init; }

    /// <summary>Returns the copy and its risk.</summary>
    /// <returns>A text such as <c>SafeUpdate for claude_code in '/src/app'</c>.</returns>
    public override string ToString() => $"{Drift} for {Profile} in '{Project}'{(Reason is null ? "" : $": {Reason}")}";
}
