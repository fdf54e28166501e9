using System.Diagnostics;
using Xunit;

namespace SkillMeat.Tests.Hostile;

/// <summary>Makes named pipes, which block whoever opens them.</summary>
internal static class Pipe
{
    public static void CreateAt(string path)
    {
        using var made = Process.Start("mkfifo", [path]);
        made.WaitForExit();
        Assert.Equal(0, made.ExitCode);
    }
}
