using System.Runtime.CompilerServices;
using Xunit;

namespace SkillMeat.Tests.Browser.Support;

/// <summary>A test of the page in a browser with several data; skipped, with the reason, where there is no browser or no page.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BrowserTheoryAttribute : TheoryAttribute
{
    public BrowserTheoryAttribute([CallerFilePath] string? file = null, [CallerLineNumber] int line = -1)
        : base(file, line) => Skip = Requirements.Missing;
}
