namespace SkillMeat.Merging.Lines;

/// <summary>The square root as git's limits take it: a power of two, up to twice the true one.</summary>
internal static class RoughRoot
{
    public static int Of(int number)
    {
        var root = 1;
        for (; number > 0; number >>= 2) root <<= 1;
        return root;
    }
}
