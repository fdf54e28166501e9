namespace SkillMeat.Tests.Browser.Support;

/// <summary>The folder for pictures of the page, which CI keeps.</summary>
internal static class Screenshots
{
    public static string Folder => Environment.GetEnvironmentVariable("SKILLMEAT_SCREENSHOTS") is { Length: > 0 } named ? named : Path.Combine(Checkout.Folder, "artifacts", "screenshots");

    public static string File(string name) => Path.Combine(Folder, name + ".png");
}
