namespace SkillMeat.Projects.Deploying;

/// <summary>Joins texts for a message.</summary>
internal static class ShortList
{
    private const int Most = 3;

    /// <summary>Returns the first texts, separated by commas.</summary>
    public static string Of(IReadOnlyList<string> texts) => string.Join(", ", texts.Take(Most)) + (texts.Count > Most ? ", …" : "");
}
