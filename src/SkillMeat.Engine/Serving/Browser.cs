using System.ComponentModel;
using System.Diagnostics;

namespace SkillMeat.Serving;

/// <summary>Opens pages in the user's browser.</summary>
public static class Browser
{
    /// <summary>Opens a page.</summary>
    /// <param name="path">The full path of the page. Others can read the command line of a browser, so it must not be an address with a secret.</param>
    /// <returns>Whether a browser could be started.</returns>
    public static bool TryOpen(string path)
    {
        var start = OperatingSystem.IsWindows() ? new ProcessStartInfo(path) { UseShellExecute = true }
            : new ProcessStartInfo(OperatingSystem.IsMacOS() ? "open" : "xdg-open", [path]) { RedirectStandardOutput = true, RedirectStandardError = true };
        try
        {
            using var process = Process.Start(start);
            return true;
        }
        catch (Exception e) when (e is Win32Exception or InvalidOperationException or PlatformNotSupportedException)
        {
            return false;
        }
    }
}
