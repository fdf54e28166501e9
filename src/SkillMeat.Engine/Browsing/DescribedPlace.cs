namespace SkillMeat.Browsing;

/// <summary>A place at which there is an artifact.</summary>
/// <param name="Listing">The list in which it was found.</param>
/// <param name="Place">The place.</param>
/// <param name="Description">The description in its front matter, or null.</param>
internal sealed record DescribedPlace(Listing Listing, FoundPlace Place, string? Description);
