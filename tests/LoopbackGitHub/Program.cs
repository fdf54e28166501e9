namespace SkillMeat.Tests.LoopbackGitHub;

internal static class Program
{
    public static int Main() => 0;
}
