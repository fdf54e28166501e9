using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace SkillMeat.Tests.Browser.Support;

/// <summary>The things that the tests need beside .NET: a browser, and a service with a page.</summary>
internal static class Requirements
{
    private const string ChromiumVariable = "SKILLMEAT_CHROMIUM";
    private const string FirefoxVariable = "SKILLMEAT_FIREFOX";

    /// <summary>Debian's name first, also below.</summary>
    private static readonly string[] ChromiumNames = OperatingSystem.IsWindows() ? ["chrome.exe", "msedge.exe"] : ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

    private static readonly string[] FirefoxNames = OperatingSystem.IsWindows() ? ["firefox.exe"] : ["firefox-esr", "firefox"];

    private static readonly string? MissingPage =
        HasPage() ? null : "skm was built without its web page: npm was not there. Install Node, delete src/SkillMeat.Server/obj and build again.";

    /// <summary>The reason why the tests in Chromium cannot run; null if they can.</summary>
    public static string? Missing { get; } = Chromium is null ? $"Chromium is not installed: no chromium on the PATH, and {ChromiumVariable} names none." : MissingPage;

    /// <summary>The reason why the tests in Firefox cannot run; null if they can.</summary>
    public static string? MissingFirefox { get; } = Firefox is null ? $"Firefox is not installed: no firefox-esr on the PATH, and {FirefoxVariable} names none." : MissingPage;

    /// <summary>Whether no test runs, so that nothing needs to be prepared.</summary>
    public static bool SkipAll => Missing is not null && MissingFirefox is not null;

    /// <summary>The program of the browser; null for none.</summary>
    public static string? Chromium => Program(ChromiumVariable, ChromiumNames);

    /// <summary>The program of the other browser; null for none.</summary>
    public static string? Firefox => Program(FirefoxVariable, FirefoxNames);

    private static string? Program(string variable, IEnumerable<string> names) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } named ? (File.Exists(named) ? named : null) : OnPath(names);

    private static string? OnPath(IEnumerable<string> names)
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return names.SelectMany(name => folders.Select(folder => Path.Combine(folder, name))).FirstOrDefault(File.Exists);
    }

    private static bool HasPage()
    {
        // A published program is asked by the tests themselves.
        if (SkmProgram.Published is not null) return true;
        using var assembly = new PEReader(File.OpenRead(Path.Combine(SkmProgram.Folder, "SkillMeat.Server.dll")));
        var metadata = assembly.GetMetadataReader();
        return metadata.ManifestResources.Any(one => metadata.StringComparer.Equals(metadata.GetManifestResource(one).Name, "page/index.html"));
    }
}
