namespace SkillMeat.Tests.LoopbackGitHub;

/// <summary>One line of git's answer to <c>ls-refs</c>.</summary>
/// <param name="Id">40 hex digits; <c>unborn</c> for a HEAD that names a branch without commits.</param>
/// <param name="Name"><c>HEAD</c> or a full ref name.</param>
/// <param name="SymbolicTarget">The ref that this one names, if it is symbolic.</param>
/// <param name="Peeled">The object that an annotated tag finally points to.</param>
internal sealed record AdvertisedRef(string Id, string Name, string? SymbolicTarget, string? Peeled)
{
    public bool IsUnborn => Id == "unborn";

    /// <summary>Reads <c>id name[ symref-target:ref][ peeled:id]</c>.</summary>
    public static AdvertisedRef Parse(string line)
    {
        var parts = line.Split(' ');
        return new AdvertisedRef(parts[0], parts[1], Attribute(parts, "symref-target:"), Attribute(parts, "peeled:"));
    }

    private static string? Attribute(string[] parts, string name) =>
        parts.Skip(2).FirstOrDefault(part => part.StartsWith(name, StringComparison.Ordinal))?[name.Length..];
}
