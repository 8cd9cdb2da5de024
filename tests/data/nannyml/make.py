"""Results of NannyML on the synthetic car loans that come with it: make.py [FOLDER]"""
import os
import pathlib
import sys
import warnings

os.environ["NML_DISABLE_USAGE_LOGGING"] = "1"
warnings.filterwarnings("ignore")
import nannyml as nml

out = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).parent)
reference, analysis, _ = nml.load_synthetic_car_loan_dataset()
drift = nml.UnivariateDriftCalculator(column_names=["car_value", "salary_range"], continuous_methods=["kolmogorov_smirnov", "jensen_shannon"],
                                      categorical_methods=["chi2", "jensen_shannon"], chunk_number=5)
drift.fit(reference)
result = drift.calculate(analysis)
result.to_df().to_csv(out / "drift.csv")
result.to_df(multilevel=False).to_csv(out / "flat.csv", index=False)
estimator = nml.CBPE(problem_type="classification_binary", y_pred="y_pred", y_pred_proba="y_pred_proba", y_true="repaid",
                     metrics=["roc_auc", "accuracy"], chunk_number=5)
estimator.fit(reference)
estimator.estimate(analysis).to_df().to_csv(out / "estimated.csv")
