namespace SkillMeat.Repair;

/// <summary>A problem in a home.</summary>
/// <param name="Finding">The problem, in a few words.</param>
/// <param name="Path">The full path of the file or folder.</param>
/// <param name="Action">The action taken, or in a dry run the one that would be taken. If there is none, what the user can do.</param>
/// <param name="IsLeft">Whether the problem remains.</param>
/// <remarks>Immutable.</remarks>
public sealed record RepairFinding(string Finding, string Path, string Action, bool IsLeft);
