using Microsoft.Playwright;

namespace SkillMeat.Tests.Browser.Support;

/// <summary>The folder for pictures of the page, which CI keeps.</summary>
internal static class Screenshots
{
    public static string Folder => Environment.GetEnvironmentVariable("SKILLMEAT_SCREENSHOTS") is { Length: > 0 } named ? named : Path.Combine(Checkout.Folder, "artifacts", "screenshots");

    /// <summary>Whether the pictures of README and guides are written again.</summary>
    private static bool UpdatesDocumentation => Environment.GetEnvironmentVariable("SKILLMEAT_UPDATE_SCREENS") == "1";

    /// <summary>Returns the path of a picture.</summary>
    public static string File(string name) => Path.Combine(Directory.CreateDirectory(Folder).FullName, name + ".png");

    /// <summary>Takes the picture of a screen in a theme; if it is asked for, that of the documentation, too.</summary>
    public static async Task TakeAsync(IPage page, Screen screen, ColorScheme scheme)
    {
        var file = File($"{screen.Name}-{scheme.ToString().ToLowerInvariant()}");
        await page.ScreenshotAsync(new() { Path = file, Animations = ScreenshotAnimations.Disabled });
        if (!UpdatesDocumentation || screen.Picture is not { } picture || picture.Scheme != scheme) return;
        var images = Directory.CreateDirectory(Path.Combine(Checkout.Folder, "docs", "images")).FullName;
        System.IO.File.Copy(file, Path.Combine(images, picture.File + ".png"), overwrite: true);
    }
}
