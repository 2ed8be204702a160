using Models.Runner.Cli;

return await LeadlineCommand.RunAsync(args);
