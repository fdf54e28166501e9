using SkillMeat.HelpBuilder;

return HelpBuilderApp.Run(args, Console.Out, Console.Error);
