namespace SkillMeat.Repair;

/// <summary>Something in a home that is not as it should be.</summary>
/// <param name="Finding">What is wrong, in a few words.</param>
/// <param name="Path">The file or folder, a full path.</param>
/// <param name="Action">What was done about it, or in a dry run would be; where nothing could be done, what somebody can do.</param>
/// <param name="IsLeft">Whether it is still so.</param>
/// <remarks>Immutable.</remarks>
public sealed record RepairFinding(string Finding, string Path, string Action, bool IsLeft);
