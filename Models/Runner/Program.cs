using Models.Runner;

return await LeadlineCommand.RunAsync(args);
